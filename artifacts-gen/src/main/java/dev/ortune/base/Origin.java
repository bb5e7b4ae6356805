package dev.ortune.base;

import java.net.URI;
import java.util.Optional;

/** Where a base model came from, for the provenance in manifests and model cards. */
public sealed interface Origin {

    /** One phrase for people, such as {@code "hub https://huggingface.co, commit 12040acc…"}. */
    String description();

    /** The commit of the hub's repository, 40 hexadecimal digits, where it is known. */
    default Optional<String> commit() {
        return Optional.empty();
    }

    /** A folder that the user named. */
    record LocalFolder() implements Origin {
        @Override
        public String description() {
            return "local folder";
        }
    }

    /** The Hugging Face cache of this machine, filled by an earlier run or by another tool. */
    record HubCacheHit(String revision) implements Origin {
        @Override
        public String description() {
            return "Hugging Face cache, commit " + revision;
        }

        @Override
        public Optional<String> commit() {
            return Optional.of(revision);
        }
    }

    /** Downloaded just now. */
    record HubDownload(URI endpoint, String revision) implements Origin {
        @Override
        public String description() {
            return "hub " + endpoint + ", commit " + revision;
        }

        @Override
        public Optional<String> commit() {
            return Optional.of(revision);
        }
    }

    /** Unpacked from the class path. */
    record Bundled(String weightsSha256) implements Origin {
        @Override
        public String description() {
            return "bundled, weights SHA-256 " + weightsSha256;
        }
    }
}
