package dev.ortune.storage;

import dev.ortune.api.rest.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server of S3's protocol, S3Proxy, in a process of its own; each folder in its data is a bucket. */
public final class S3Server implements AutoCloseable {

    /** The one who may. */
    public static final String ACCESS_KEY = "ortune";

    /** The password. */
    public static final String SECRET_KEY = "secret";

    private static final Path CLASSPATH = Path.of("../test-servers/target/s3-classpath");
    private static final long PATIENCE_MILLIS = 30_000;

    private final Path folder;
    private final int port;
    private Process process;

    private S3Server(Path folder, int port) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = port;
        this.process = launch();
        await();
    }

    /** Starts one with a bucket, on a port of its own. */
    public static S3Server start(Path folder, String bucket)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("data").resolve(bucket));
        int port = FreePort.find();
        Files.write(
                properties(folder),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.identity=none",
                        "jclouds.credential=none",
                        "jclouds.filesystem.basedir=" + folder.resolve("data")));
        return new S3Server(folder, port);
    }

    /** Starts it once more where it was, with what it had, after {@link #close}. */
    public void startAgain() throws IOException, InterruptedException {
        process = launch();
        await();
    }

    private Process launch() throws IOException {
        if (!Files.exists(CLASSPATH)) {
            throw new IllegalStateException(
                    "The module test-servers was not built: add it to -pl, before src.");
        }
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx128m",
                        "-cp",
                        Files.readString(CLASSPATH),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties(folder).toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private static Path properties(Path folder) {
        return folder.resolve("s3proxy.properties");
    }

    private Path log() {
        return folder.resolve("s3proxy.log");
    }

    /** Where it is. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void await() throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!answers()) {
            if (!process.isAlive() || System.currentTimeMillis() > end) {
                close();
                throw new IOException("S3Proxy did not start: " + Files.readString(log()));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
