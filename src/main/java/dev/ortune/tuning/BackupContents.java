package dev.ortune.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a saved folder of a job holds.
 *
 * @param id of this state; no two are alike
 * @param files by their paths in the folder
 */
record BackupContents(String id, List<SavedFile> files) {

    /** A file. */
    record SavedFile(String path, String sha256) {

        /** What belongs together: a checkpoint, an adapter, or the file alone. */
        String group() {
            int last = path.lastIndexOf('/');
            return last < 0 ? path : path.substring(0, last);
        }
    }

    BackupContents {
        files = List.copyOf(files);
    }

    static BackupContents parse(byte[] json) throws IOException {
        return JsonMapper.builder().build().readValue(json, BackupContents.class);
    }

    byte[] toJson() {
        try {
            return JsonMapper.builder().build().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new InternalException("A list of saved files could not be written.", e);
        }
    }

    Set<String> hashes() {
        return files.stream().map(SavedFile::sha256).collect(Collectors.toSet());
    }
}
