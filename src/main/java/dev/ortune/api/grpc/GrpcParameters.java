package dev.ortune.api.grpc;

import dev.ortune.api.grpc.proto.InferParameter;
import dev.ortune.api.grpc.proto.ModelRepositoryParameter;
import dev.ortune.api.inference.ParameterValue;
import dev.ortune.api.inference.Parameters;
import java.util.HashMap;
import java.util.Map;

/** The {@code parameters} of messages. */
final class GrpcParameters {

    private GrpcParameters() {}

    static Parameters of(String field, Map<String, InferParameter> parameters) {
        Map<String, ParameterValue> values = new HashMap<>();
        parameters.forEach((name, parameter) -> values.put(name, value(parameter)));
        return new Parameters(field, values);
    }

    static Parameters ofRepository(Map<String, ModelRepositoryParameter> parameters) {
        Map<String, ParameterValue> values = new HashMap<>();
        parameters.forEach((name, parameter) -> values.put(name, value(parameter)));
        return new Parameters("parameters", values);
    }

    private static ParameterValue value(InferParameter parameter) {
        return switch (parameter.getParameterChoiceCase()) {
            case BOOL_PARAM -> new ParameterValue.Flag(parameter.getBoolParam());
            case INT64_PARAM -> new ParameterValue.Whole(parameter.getInt64Param());
            case STRING_PARAM -> new ParameterValue.Text(parameter.getStringParam());
            // Beyond 63 bits it comes out negative, which no parameter may be.
            case UINT64_PARAM -> new ParameterValue.Whole(parameter.getUint64Param());
            case DOUBLE_PARAM, PARAMETERCHOICE_NOT_SET -> new ParameterValue.Other();
        };
    }

    private static ParameterValue value(ModelRepositoryParameter parameter) {
        return switch (parameter.getParameterChoiceCase()) {
            case BOOL_PARAM -> new ParameterValue.Flag(parameter.getBoolParam());
            case INT64_PARAM -> new ParameterValue.Whole(parameter.getInt64Param());
            case STRING_PARAM -> new ParameterValue.Text(parameter.getStringParam());
            case BYTES_PARAM, PARAMETERCHOICE_NOT_SET -> new ParameterValue.Other();
        };
    }
}
