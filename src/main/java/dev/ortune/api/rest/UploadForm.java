package dev.ortune.api.rest;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The form of an upload, for the OpenAPI document: the parts' file names count, their field names do
 * not.
 *
 * @param files the files of an adapter's folder, or one archive of them
 */
@Schema(name = "AdapterUpload")
record UploadForm(
        @Schema(
                        type = SchemaType.ARRAY,
                        implementation = byte[].class,
                        description =
                                "adapter_config.json, adapter_model.safetensors, config.json …")
                String files) {}
