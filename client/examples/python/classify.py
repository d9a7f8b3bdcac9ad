#!/usr/bin/python3
"""Asks a Tutti server which instrument families play in an audio file."""

import argparse
import json
import sys

import grpc
from google.rpc import error_details_pb2, status_pb2
from tutti.v1 import classification_service_pb2, classification_service_pb2_grpc, family_pb2, input_pb2

DEADLINE_SECONDS = 60


def classify(target, audio_file):
    """Sends the bytes of a whole WAV or FLAC file; returns the ClassifyResponse or raises grpc.RpcError."""
    request = classification_service_pb2.ClassifyRequest(audio=input_pb2.Audio(encoded_file=audio_file))
    with grpc.insecure_channel(target) as channel:
        service = classification_service_pb2_grpc.ClassificationServiceStub(channel)
        return service.Classify(request, timeout=DEADLINE_SECONDS)


def family_name(family):
    """"synth_lead" for INSTRUMENT_FAMILY_SYNTH_LEAD; a newer server may know families that these stubs do not."""
    if family not in family_pb2.InstrumentFamily.values():
        return f"family_{family}"
    return family_pb2.InstrumentFamily.Name(family).removeprefix("INSTRUMENT_FAMILY_").lower()


def as_json(file, response):
    predictions = [{"family": family_name(p.family), "probability": p.probability, "threshold": p.threshold,
                    "present": p.present} for p in response.predictions]
    return json.dumps({"file": file, "bank": response.bank, "bankDigest": response.bank_digest,
                       "inputSeconds": response.input_seconds, "analyzedSeconds": response.analyzed_seconds,
                       "predictions": predictions}, indent=2)


def heard(response):
    """The models hear one window: of a longer file its beginning, and a shorter one is filled up with silence."""
    return f"heard {response.analyzed_seconds:.1f} s of {response.input_seconds:.1f} s"


def as_table(response):
    lines = [f"{'family':<12}{'probability':>11}{'threshold':>11}"]
    for p in response.predictions:
        lines.append(f"{family_name(p.family):<12}{p.probability:>11.4f}{p.threshold:>11.4f}"
                     f"{'  present' if p.present else ''}")
    lines.append(heard(response))
    return "\n".join(lines)


def explain(error):
    """The status and, where the server says which fields of the request are wrong, a line for each."""
    lines = [f"{error.code().name}: {error.details()}"]
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                bad_request = error_details_pb2.BadRequest()
                if detail.Unpack(bad_request):
                    lines += [f"  {v.field}: {v.description}" for v in bad_request.field_violations]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 ok, 1 failed, 2 wrong usage.")
    parser.add_argument("target", metavar="HOST:PORT", help="the server")
    parser.add_argument("file", metavar="FILE", help="a WAV or FLAC file")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    try:
        with open(options.file, "rb") as file:
            response = classify(options.target, file.read())
    except OSError as error:
        sys.exit(f"classify.py: {options.file}: {error.strerror}")
    except grpc.RpcError as error:
        sys.exit(f"classify.py: {explain(error)}")
    print(as_json(options.file, response) if options.json else as_table(response))


if __name__ == "__main__":
    main()
