package dev.ortune.api.grpc.tuning;

import com.google.protobuf.Timestamp;
import dev.ortune.api.grpc.GrpcCaller;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.ListSize;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What fields of messages mean: a text that is empty was not given. */
final class Fields {

    private Fields() {}

    /** Whose files and jobs the call is about. */
    static String tenant() {
        return GrpcCaller.current().tenant();
    }

    /**
     * A text that must be there.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    static String required(String field, String text) {
        return present(!text.isEmpty(), text).orElseThrow(() -> FieldFault.missing(field));
    }

    static <T> Optional<T> present(boolean isThere, T value) {
        return isThere ? Optional.of(value) : Optional.empty();
    }

    static OptionalInt present(boolean isThere, int value) {
        return isThere ? OptionalInt.of(value) : OptionalInt.empty();
    }

    static OptionalDouble present(boolean isThere, double value) {
        return isThere ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** How many elements a list is to have. */
    static int limit(boolean isThere, int limit, ListSize size) {
        return size.of(isThere ? OptionalLong.of(limit) : OptionalLong.empty());
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
