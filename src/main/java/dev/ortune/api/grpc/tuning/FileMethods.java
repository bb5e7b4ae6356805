package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.MessageSink;
import dev.ortune.api.grpc.MessageSource;
import dev.ortune.api.grpc.proto.v1.DeleteFileRequest;
import dev.ortune.api.grpc.proto.v1.DeleteFileResponse;
import dev.ortune.api.grpc.proto.v1.File;
import dev.ortune.api.grpc.proto.v1.FileChunk;
import dev.ortune.api.grpc.proto.v1.GetFileContentRequest;
import dev.ortune.api.grpc.proto.v1.GetFileRequest;
import dev.ortune.api.grpc.proto.v1.ListFilesRequest;
import dev.ortune.api.grpc.proto.v1.ListFilesResponse;
import dev.ortune.api.grpc.proto.v1.UploadFileRequest;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.ListSize;
import dev.ortune.file.FilePage;
import dev.ortune.file.FilePurpose;
import dev.ortune.file.FileQuery;
import dev.ortune.file.FileStore;
import dev.ortune.file.StoredFile;
import dev.ortune.serve.BodyConfiguration;
import jakarta.inject.Singleton;

/** The methods on files. On worker threads. */
@Singleton
final class FileMethods {

    private static final String FILE_ID = "file_id";

    private final FileStore files;
    private final long maxBytes;

    FileMethods(FileStore files, BodyConfiguration bodies) {
        this.files = files;
        this.maxBytes = bodies.upload().maxBytes().asLongValue();
    }

    MessageSink<UploadFileRequest, File> upload() {
        return new FileUpload(files, Fields.tenant(), maxBytes);
    }

    ListFilesResponse list(ListFilesRequest request) {
        FileQuery query =
                new FileQuery(
                        Fields.present(request.hasPurpose(), request.getPurpose())
                                .map(FileMethods::purpose),
                        Fields.present(request.hasAfter(), request.getAfter()),
                        Fields.limit(request.hasLimit(), request.getLimit(), ListSize.FILES),
                        request.getOldestFirst());
        FilePage page = files.list(Fields.tenant(), query);
        return ListFilesResponse.newBuilder()
                .addAllFiles(page.files().stream().map(FileMessages::of).toList())
                .setHasMore(page.hasMore())
                .build();
    }

    File get(GetFileRequest request) {
        return FileMessages.of(file(request.getFileId()));
    }

    MessageSource<FileChunk> content(GetFileContentRequest request, Runnable hasMore) {
        return new FileContent(files.open(file(request.getFileId())));
    }

    DeleteFileResponse delete(DeleteFileRequest request) {
        files.delete(Fields.tenant(), Fields.required(FILE_ID, request.getFileId()));
        return DeleteFileResponse.getDefaultInstance();
    }

    private static FilePurpose purpose(File.Purpose given) {
        return FileMessages.purpose(given)
                .orElseThrow(() -> FieldFault.of("purpose", "There is no such purpose"));
    }

    private StoredFile file(String id) {
        return files.get(Fields.tenant(), Fields.required(FILE_ID, id));
    }
}
