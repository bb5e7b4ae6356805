package dev.ortune.storage;

/** On a shared volume. */
class FolderObjectsTest extends ObjectStoreContract {

    @Override
    ObjectStore objects() {
        return new FolderObjects(folder.resolve("shared"));
    }
}
