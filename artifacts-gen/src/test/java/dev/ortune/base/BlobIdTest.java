package dev.ortune.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobIdTest {

    @TempDir private Path folder;

    @Test
    void aShortTagIsTheNameThatGitGivesTheContent() throws IOException {
        // printf 'hello\n' | git hash-object --stdin
        BlobId tag = BlobId.parse("W/\"ce013625030ba8dba906f756967f9e9ca394464a\"").orElseThrow();

        assertThat(tag.of(Files.writeString(folder.resolve("file"), "hello\n"))).isEqualTo(tag);
        assertThat(tag.of(Files.writeString(folder.resolve("file"), "hullo\n"))).isNotEqualTo(tag);
    }

    @Test
    void aLongTagIsTheSha256OfTheContent() throws IOException {
        // printf 'hello\n' | sha256sum
        String sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        BlobId tag = BlobId.parse('"' + sha256 + '"').orElseThrow();

        assertThat(tag.of(Files.writeString(folder.resolve("file"), "hello\n"))).isEqualTo(tag);
    }

    @Property
    void anyOtherTagIsNoFileName(@ForAll String text) {
        BlobId.parse(text)
                .ifPresent(tag -> assertThat(tag.hexadecimal()).matches("[0-9a-f]{40,64}"));
        assertThat(BlobId.parse("../" + text)).isEmpty();
    }
}
