package dev.ortune.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RepositoryNameTest {

    @Example
    void realNamesAreAccepted() {
        for (String text :
                new String[] {
                    "distilbert-base-uncased", "BAAI/bge-small-en-v1.5", "a", "1/2", "org_x/m_"
                }) {
            assertThat(RepositoryName.parse(text)).as(text).isPresent();
        }
    }

    @Example
    void tricksAreRefused() {
        for (String text :
                new String[] {
                    "",
                    "/",
                    "a/",
                    "/a",
                    "a/b/c",
                    ".",
                    "..",
                    "a/..",
                    "../a",
                    "a..b",
                    "a--b",
                    ".a",
                    "a.",
                    "-a",
                    "a-",
                    "a\\b",
                    "a b",
                    "a%2fb",
                    "a?b",
                    "a#b",
                    "a@b",
                    "a:b",
                    "a\nb",
                    "é",
                    "a.git",
                    "x".repeat(97)
                }) {
            assertThat(RepositoryName.parse(text)).as(text).isEmpty();
        }
    }

    @Property(tries = 2000)
    void whatIsAcceptedStaysInItsFolderAndOnItsHub(@ForAll("anyNames") String text) {
        RepositoryName.parse(text)
                .ifPresent(
                        name -> {
                            Path path = Path.of("/cache").resolve(name.cacheFolder());
                            assertThat(path.normalize()).isEqualTo(path);
                            assertThat(path.getParent()).isEqualTo(Path.of("/cache"));
                            URI uri =
                                    URI.create("http://127.0.0.1:9/" + name.text() + "/resolve/x");
                            assertThat(uri.normalize()).isEqualTo(uri);
                            assertThat(uri.getPath()).isEqualTo("/" + text + "/resolve/x");
                        });
    }

    @Property(tries = 2000)
    void twoNamesNeverShareAFolder(
            @ForAll("nearNames") String one, @ForAll("nearNames") String two) {
        if (RepositoryName.parse(one).isPresent() && RepositoryName.parse(two).isPresent()) {
            boolean sameFolder =
                    new RepositoryName(one)
                            .cacheFolder()
                            .equals(new RepositoryName(two).cacheFolder());
            assertThat(sameFolder).isEqualTo(one.equals(two));
        }
    }

    @Provide
    Arbitrary<String> nearNames() {
        return Arbitraries.strings().withChars("ab./-_").ofMinLength(1).ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> anyNames() {
        return Arbitraries.oneOf(nearNames(), Arbitraries.strings());
    }
}
