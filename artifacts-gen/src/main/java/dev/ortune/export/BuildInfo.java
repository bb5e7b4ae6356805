package dev.ortune.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The versions that this build was made with.
 *
 * @param ortuneVersion of this program
 * @param onnxRuntimeVersion of the ONNX Runtime whose training API the artifacts are made for
 */
public record BuildInfo(String ortuneVersion, String onnxRuntimeVersion) {

    private static final String RESOURCE = "build.properties";

    /** Reads what the build wrote beside this class. */
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the build left no " + RESOURCE);
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The packager's own version follows ONNX Runtime's after a dash.
        return new BuildInfo(
                properties.getProperty("ortune.version"),
                properties.getProperty("onnxruntime.version").replaceFirst("-.*", ""));
    }
}
