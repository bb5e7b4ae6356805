package dev.ortune.api.grpc.tuning;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.ortune.error.InternalException;

/** JSON objects as messages; their numbers become doubles. */
final class Structs {

    private Structs() {}

    static Struct of(String json) {
        try {
            Struct.Builder message = Struct.newBuilder();
            JsonFormat.parser().merge(json, message);
            return message.build();
        } catch (InvalidProtocolBufferException e) {
            throw new InternalException("A JSON object could not be told.", e);
        }
    }
}
