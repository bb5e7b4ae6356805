package dev.ortune.repository;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Errors about models, versions and aliases, all of one form; none tells a path or a tenant. */
final class RepositoryFault {

    private static final String LIST = "GET /v1/models lists the models that are served.";

    private RepositoryFault() {}

    static InvalidInputException modelNotFound(ModelName model) {
        return new InvalidInputException(
                ErrorCode.MODEL_NOT_FOUND, "There is no model \"" + model + "\".", LIST);
    }

    static InvalidInputException versionNotFound(ModelReference reference) {
        return new InvalidInputException(
                ErrorCode.VERSION_NOT_FOUND,
                "The model \""
                        + reference.name()
                        + "\" has no version "
                        + reference.version().orElse("")
                        + ".",
                versions(reference.model()));
    }

    static InvalidInputException aliasNotFound(ModelName model, String alias) {
        return new InvalidInputException(
                ErrorCode.ALIAS_NOT_FOUND,
                "The model \"" + model + "\" has no alias \"" + alias + "\".",
                versions(model));
    }

    static InvalidInputException nothingBefore(ModelName model, String alias) {
        return new InvalidInputException(
                ErrorCode.VERSION_NOT_FOUND,
                "The alias \"" + alias + "\" of \"" + model + "\" pointed nowhere else before.",
                "Point it to a version with PUT /v1/models/" + model + "/aliases/" + alias + ".");
    }

    static InvalidInputException readOnly(ModelName model) {
        return new InvalidInputException(
                ErrorCode.MODEL_READ_ONLY,
                "The model \"" + model + "\" is a folder that the service's configuration names.",
                "Publish under another name, or have the configuration changed.");
    }

    static InvalidInputException repositoryReadOnly() {
        return new InvalidInputException(
                ErrorCode.MODEL_READ_ONLY,
                "This service may not change its repository: another process owns it, or it is"
                        + " mounted for reading only.",
                "Publish to the service that owns the repository, or set ortune.repository to"
                        + " another folder.");
    }

    static InvalidInputException inUse(int number, String why, String remedy) {
        return new InvalidInputException(
                ErrorCode.VERSION_IN_USE,
                "The version " + number + " cannot be deleted: " + why + ".",
                remedy);
    }

    static InvalidInputException invalid(String message, String remedy) {
        return new InvalidInputException(ErrorCode.INVALID_REQUEST, message, remedy);
    }

    /** The disk's failure; where and why is for the log only. */
    static OrtuneException notWritten(Path place, IOException cause) {
        if (AtomicFiles.writeFailure(place, cause) instanceof UnavailableException) {
            return new UnavailableException(
                    ErrorCode.DISK_FULL,
                    "The repository's disk is full.",
                    "Delete versions that are not needed, or have the disk enlarged.",
                    cause);
        }
        return new InternalException("The repository could not be written.", cause);
    }

    private static String versions(ModelName model) {
        return "GET /v1/models/" + model + " lists its versions and aliases.";
    }
}
