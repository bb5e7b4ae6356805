package dev.ortune.export;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.error.InternalException;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.Initialization;
import dev.ortune.graph.TrainableParameter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the trainable parameters' start from a seed; every parameter has its own stream, so adding
 * one does not change the others.
 */
public final class InitialParameters {

    private final PreparedBase base;
    private final long seed;

    /** Parameters on a base, by a seed. */
    public InitialParameters(PreparedBase base, long seed) {
        this.base = base;
        this.seed = seed;
    }

    /** The start of every parameter of a plan, in its order. */
    public List<FloatTensor> of(AdapterPlan plan) {
        return plan.parameters().stream().map(this::start).toList();
    }

    private FloatTensor start(TrainableParameter parameter) {
        float[] values = new float[Math.toIntExact(parameter.shape().elements())];
        SplittableRandom random = new SplittableRandom(seed * 31 + parameter.name().hashCode());
        Initialization initialization = parameter.initialization();
        if (initialization instanceof Initialization.Normal normal) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * normal.standardDeviation());
            }
        } else if (initialization instanceof Initialization.KaimingUniform uniform) {
            double bound = 1 / Math.sqrt(uniform.fanIn());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
        } else if (initialization instanceof Initialization.FromBase) {
            readBase(parameter.name(), values);
        }
        return new FloatTensor(parameter.name(), parameter.shape(), values);
    }

    private void readBase(String name, float[] values) {
        FrozenWeights.Location location = base.description().weights().location(name);
        Path file = base.weightsFile();
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, location.offset() + bytes.position()) < 0) {
                    throw new EOFException(file + " ends before " + name);
                }
            }
        } catch (IOException e) {
            throw new InternalException("Cannot read " + name + " from " + file + ".", e);
        }
        bytes.flip();
        bytes.asFloatBuffer().get(values);
    }
}
