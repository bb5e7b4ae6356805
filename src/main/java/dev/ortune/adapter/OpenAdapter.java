package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import java.nio.ByteBuffer;

/**
 * An adapter folder whose weights are still in their file, which stays readable until this is closed,
 * whatever becomes of the folder. For one thread.
 */
public final class OpenAdapter implements AdapterWeights, AutoCloseable {

    private final AdapterOutline outline;
    private final AdapterTensors tensors;

    OpenAdapter(AdapterOutline outline, AdapterTensors tensors) {
        this.outline = outline;
        this.tensors = tensors;
    }

    @Override
    public AdapterOutline outline() {
        return outline;
    }

    @Override
    public FloatTensor read(String name) {
        return tensors.read(name);
    }

    @Override
    public void read(String name, ByteBuffer target) {
        tensors.read(name, target);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
