package dev.ortune.bench.scaling;

/** Which replica gets a request. Of one thread. */
interface Router {

    /** The replica, from 0, that gets the next request for a model. */
    int replica(int model);
}
