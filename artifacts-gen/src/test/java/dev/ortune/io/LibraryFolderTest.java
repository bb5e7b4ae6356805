package dev.ortune.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LibraryFolderTest {

    private static final Optional<String> EXECUTABLE =
            Optional.of(Path.of("programs/ortune").toAbsolutePath().toString());

    @Test
    void aJavaVmTakesLibrariesFromJars() {
        assertThat(LibraryFolder.find(Map.of(), Optional.empty())).isEmpty();
        assertThat(LibraryFolder.find()).isEmpty();
    }

    @Test
    void anExecutableHasThemBesideIt() {
        assertThat(LibraryFolder.find(Map.of(), EXECUTABLE))
                .hasValue(new LibraryFolder(Path.of("programs/lib").toAbsolutePath()));
    }

    @Test
    void theEnvironmentMayNameAnotherFolder() {
        Map<String, String> environment = Map.of("ORTUNE_LIBRARIES", "elsewhere");
        LibraryFolder elsewhere = new LibraryFolder(Path.of("elsewhere").toAbsolutePath());
        assertThat(LibraryFolder.find(environment, EXECUTABLE)).hasValue(elsewhere);
        assertThat(LibraryFolder.find(environment, Optional.empty())).hasValue(elsewhere);
    }

    @Test
    void aLibrarysFileIsNamedAsTheSystemNamesIt() {
        assertThat(new LibraryFolder(Path.of("lib")).file("tokenizers"))
                .isEqualTo(Path.of("lib", System.mapLibraryName("tokenizers")));
    }
}
