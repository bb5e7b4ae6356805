package dev.ortune.api.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** Sends bytes to this machine and reads what comes back, on a connection per request. */
final class RawClient {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final int port;

    RawClient(int port) {
        this.port = port;
    }

    /**
     * Sends a request.
     *
     * @return {@link RawAnswer#NONE} where the connection ended without an answer
     * @throws java.net.SocketTimeoutException when nothing came for half a minute
     */
    RawAnswer send(RawRequest request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LONGEST_SILENCE.toMillis());
            try {
                socket.getOutputStream().write(request.bytes());
            } catch (IOException e) {
                // Whoever refuses a large body may close the connection before its end.
            }
            return RawAnswer.parse(read(socket.getInputStream()));
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                byte[] begin = out.size() < 2 * buffer.length ? out.toByteArray() : new byte[0];
                if (RawAnswer.hasHead(begin) && RawAnswer.isStream(begin)) {
                    // Events of a job that goes on: that they are sent is enough.
                    break;
                }
            }
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A reset after the answer, or in its place: what came is looked at.
        }
        return out.toByteArray();
    }
}
