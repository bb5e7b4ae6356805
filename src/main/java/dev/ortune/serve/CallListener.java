package dev.ortune.serve;

/** Learns of calls; called by the asking thread, so be quick. */
interface CallListener {

    /** A call has its tokens. Its answer tells the rest. */
    void began(PendingCall call);
}
