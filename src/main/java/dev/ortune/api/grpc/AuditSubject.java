package dev.ortune.api.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/** The model, job or file that a message is about. */
final class AuditSubject {

    private static final List<String> FIELDS = List.of("model_name", "job_id", "file_id", "id");

    private AuditSubject() {}

    /** Its name or id; empty for a message that names none. */
    static String of(Object message) {
        return content(message)
                .flatMap(
                        content ->
                                FIELDS.stream()
                                        .map(content.getDescriptorForType()::findFieldByName)
                                        .filter(AuditSubject::isText)
                                        .map(field -> (String) content.getField(field))
                                        .findFirst())
                .orElse("");
    }

    private static boolean isText(FieldDescriptor field) {
        return field != null && !field.isRepeated() && field.getJavaType() == JavaType.STRING;
    }

    private static Optional<Message> content(Object message) {
        Object content =
                message instanceof Received<?> received && received.received().isPresent()
                        ? received.received().get()
                        : message;
        return content instanceof Message known ? Optional.of(known) : Optional.empty();
    }
}
