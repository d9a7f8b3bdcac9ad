package dev.tutti.server.admission;

/**
 * What travels with a piece of work and decides how it waits.
 *
 * @param lane which queue it waits in
 * @param caller who sent it, such as one connection: callers take turns within a lane, so that one
 *     who sends much waits for itself and for nobody else's sake
 */
public record Pass(Lane lane, String caller) {}
