#!/usr/bin/env node
// Asks a Tutti server which instrument families play in an audio file. The .proto files are read at run time: there is
// nothing to generate.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const USAGE = `usage: classify.mjs HOST:PORT FILE [--json] [--proto DIR]
Asks a Tutti server which instrument families play in an audio file (WAV or FLAC).

  --json       print JSON instead of a table
  --proto DIR  the folder that holds tutti/v1/*.proto (default: the one of this distribution or repository)

Exit status: 0 ok, 1 failed, 2 wrong usage.`;
const DEADLINE_MILLIS = 60_000;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Where the .proto files lie in a distribution, else where they lie in the repository. */
const protoFolder = () => {
  const unpacked = here('../../proto');
  return existsSync(unpacked) ? unpacked : here('../../../proto/src/main/proto');
};

function loadApi(folder) {
  const definition = protoLoader.loadSync(
    ['tutti/v1/classification_service.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'],
    { includeDirs: [folder, here('../third_party')], enums: String, defaults: true },
  );
  return { definition, tutti: grpc.loadPackageDefinition(definition).tutti.v1 };
}

/** Sends the bytes of a whole audio file; resolves to the ClassifyResponse or rejects with a grpc.ServiceError. */
function classify(tutti, target, audioFile) {
  const service = new tutti.ClassificationService(target, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    service.classify(
      { audio: { encodedFile: audioFile } },
      { deadline: Date.now() + DEADLINE_MILLIS },
      (error, response) => (error ? reject(error) : resolve(response)),
    );
  }).finally(() => service.close());
}

/** "synth_lead" for INSTRUMENT_FAMILY_SYNTH_LEAD; a family newer than the .proto files arrives as its number. */
const familyName = (family) =>
  typeof family === 'string' ? family.replace('INSTRUMENT_FAMILY_', '').toLowerCase() : `family_${family}`;

function asJson(file, { bank, bankDigest, inputSeconds, analyzedSeconds, predictions }) {
  const named = predictions.map((p) => ({ ...p, family: familyName(p.family) }));
  return JSON.stringify({ file, bank, bankDigest, inputSeconds, analyzedSeconds, predictions: named }, null, 2);
}

/** The models hear one window: of a longer file its beginning, and a shorter one is filled up with silence. */
const heard = ({ inputSeconds, analyzedSeconds }) =>
  `heard ${analyzedSeconds.toFixed(1)} s of ${inputSeconds.toFixed(1)} s`;

function asTable(response) {
  const row = (name, probability, threshold) => name.padEnd(12) + probability.padStart(11) + threshold.padStart(11);
  const lines = response.predictions.map(
    (p) =>
      row(familyName(p.family), p.probability.toFixed(4), p.threshold.toFixed(4)) + (p.present ? '  present' : ''),
  );
  return [row('family', 'probability', 'threshold'), ...lines, heard(response)].join('\n');
}

/** The status and, where the server says which fields of the request are wrong, a line for each. */
function explain(error, definition) {
  const violations = (error.metadata?.get('grpc-status-details-bin') ?? [])
    .flatMap((bytes) => definition['google.rpc.Status'].deserialize(bytes).details)
    .filter((detail) => detail.type_url.endsWith('/google.rpc.BadRequest'))
    .flatMap((detail) => definition['google.rpc.BadRequest'].deserialize(detail.value).fieldViolations);
  return [
    `${grpc.status[error.code]}: ${error.details}`,
    ...violations.map((violation) => `  ${violation.field}: ${violation.description}`),
  ].join('\n');
}

function parseOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean' }, proto: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (positionals.length !== 2) throw new Error('HOST:PORT and FILE are required');
    return { ...values, target: positionals[0], file: positionals[1] };
  } catch (error) {
    console.error(`classify.mjs: ${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

const options = parseOptions();
const { definition, tutti } = loadApi(options.proto ?? protoFolder());
try {
  const response = await classify(tutti, options.target, await readFile(options.file));
  console.log(options.json ? asJson(options.file, response) : asTable(response));
} catch (error) {
  const isStatus = typeof error.code === 'number';
  console.error(`classify.mjs: ${isStatus ? explain(error, definition) : error.message}`);
  process.exitCode = 1;
}
