package dev.ortune.job;

/** What its owner asked of a running job; its worker hears of it with its next heartbeat. */
public enum JobWish {
    PAUSE,
    CANCEL
}
