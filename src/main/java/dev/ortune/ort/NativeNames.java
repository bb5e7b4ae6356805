package dev.ortune.ort;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A table of names as C strings. */
final class NativeNames implements AutoCloseable {

    private final List<BytePointer> strings;
    private final PointerPointer<BytePointer> table;

    NativeNames(List<String> names) {
        strings = names.stream().map(BytePointer::new).toList();
        table = new PointerPointer<>(Math.max(1, strings.size()));
        for (int i = 0; i < strings.size(); i++) {
            table.put(i, strings.get(i));
        }
    }

    BytePointer get(int index) {
        return strings.get(index);
    }

    PointerPointer<BytePointer> table() {
        return table;
    }

    @Override
    public void close() {
        strings.forEach(Pointer::close);
        table.close();
    }
}
