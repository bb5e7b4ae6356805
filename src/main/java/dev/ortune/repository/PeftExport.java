package dev.ortune.repository;

import dev.ortune.error.InternalException;
import dev.ortune.repository.archive.AdapterFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.logging.Logger;

/** A zip of a version's files, each as it was published. Files are opened before any is sent. */
final class PeftExport implements ExportWriter {

    private static final Logger LOG = Logger.getLogger(PeftExport.class);

    @Override
    public ExportFormat format() {
        return ExportFormat.PEFT;
    }

    @Override
    public Export export(PublishedVersion version) {
        OpenFolder folder = new OpenFolder(version);
        try (VersionSource.Hold hold = version.hold()) {
            folder.open();
            version.requireThere();
            return folder;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static final class OpenFolder implements Export {

        private final PublishedVersion version;
        private final Map<AdapterFile, InputStream> files = new LinkedHashMap<>();

        OpenFolder(PublishedVersion version) {
            this.version = version;
        }

        void open() {
            for (AdapterFile file : AdapterFile.values()) {
                Path path = version.folder().resolve(file.fileName());
                try {
                    files.put(file, Files.newInputStream(path));
                } catch (NoSuchFileException e) {
                    LOG.tracef("%s has no %s", version.reference(), file.fileName());
                } catch (IOException e) {
                    throw new InternalException("A file of the repository cannot be read.", e);
                }
            }
        }

        @Override
        public String fileName() {
            return version.model().name() + "-" + version.number() + ".zip";
        }

        @Override
        public String mediaType() {
            return "application/zip";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<AdapterFile, InputStream> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey().fileName());
                entry.setTime(version.record().published().toEpochMilli());
                zip.putNextEntry(entry);
                file.getValue().transferTo(zip);
                zip.closeEntry();
            }
            zip.finish();
        }

        @Override
        public void close() {
            for (InputStream file : files.values()) {
                try {
                    file.close();
                } catch (IOException e) {
                    LOG.debug("A file of the repository could not be closed", e);
                }
            }
        }
    }
}
