package dev.ortune.repository;

/** What a shared repository is told of changes by other processes; by one thread. */
public interface SharedChanges {

    /** Where PostgreSQL's NOTIFY tells of them. */
    String CHANNEL = "ortune_model";

    /** A model was changed: its name as the channel has it. */
    void changed(String qualifiedName);

    /** Changes may have been missed: looks for all since the last time. */
    void catchUp();
}
