package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Forms of several parts, right ones and others. */
final class FormDraw {

    private static final String TYPE = "multipart/form-data";

    private final ApiDocument document;
    private final Draw draw;
    private final List<RowsDraw.File> files;

    /** Forms that have these files in them, or rows. */
    FormDraw(ApiDocument document, Draw draw, List<RowsDraw.File> files) {
        this.document = document;
        this.draw = draw;
        this.files = List.copyOf(files);
    }

    /** A body and the content type that belongs to it. */
    record Form(String contentType, byte[] body) {}

    /** A part: its headers, without the dashes before and the empty line after. */
    private record Part(String headers, byte[] content) {}

    /** A form as the document has it. */
    Form good(JsonNode schema) {
        return written(parts(schema), "ortune" + draw.word());
    }

    /** A form with a part, a name or the boundary gone wrong. */
    Form odd(JsonNode schema) {
        List<Part> parts = new ArrayList<>(parts(schema));
        for (int i = draw.below(3); i >= 0 && !parts.isEmpty(); i--) {
            int at = draw.below(parts.size());
            Part part = parts.get(at);
            switch (draw.below(7)) {
                case 0 -> parts.remove(at);
                case 1 -> parts.add(part);
                case 2 -> parts.set(at, new Part(oddHeaders(part.headers()), part.content()));
                case 3 -> parts.set(at, new Part(part.headers(), draw.bytes(draw.below(300))));
                case 4 -> parts.set(at, new Part(part.headers(), new byte[0]));
                case 5 ->
                        parts.set(
                                at,
                                new Part(
                                        part.headers(), new RowsDraw(draw).broken(part.content())));
                default -> parts.add(part(oddName(), "", Draw.utf8(draw.oddText())));
            }
        }
        String boundary = "ortune" + draw.word();
        Form form = written(parts, boundary);
        return switch (draw.below(12)) {
            case 0 -> new Form(TYPE, form.body());
            case 1 -> new Form(TYPE + "; boundary=", form.body());
            case 2 -> new Form(TYPE + "; boundary=other", form.body());
            case 3 -> new Form(TYPE + "; boundary=\"" + boundary + "\"", form.body());
            case 4 -> new Form(form.contentType() + "; charset=x-none", form.body());
            case 5 -> new Form(form.contentType() + "; charset=utf-16", form.body());
            case 6 -> new Form(form.contentType(), new byte[0]);
            case 7 ->
                    new Form(
                            form.contentType(),
                            java.util.Arrays.copyOf(form.body(), draw.below(form.body().length)));
            case 8 -> new Form("multipart/mixed; boundary=" + boundary, form.body());
            default -> form;
        };
    }

    private List<Part> parts(JsonNode reference) {
        JsonNode schema = document.resolved(reference);
        List<Part> parts = new ArrayList<>();
        schema.path("properties")
                .fields()
                .forEachRemaining(
                        field -> {
                            JsonNode property = document.resolved(field.getValue());
                            if (property.has("enum")) {
                                parts.add(
                                        part(
                                                field.getKey(),
                                                "",
                                                Draw.utf8(property.get("enum").get(0).asText())));
                            } else if ("array".equals(property.path("type").asText())) {
                                files.forEach(file -> parts.add(part(field.getKey(), file)));
                            } else {
                                RowsDraw rows = new RowsDraw(draw);
                                parts.add(
                                        part(
                                                field.getKey(),
                                                draw.chance(0.7) ? rows.good() : rows.odd()));
                            }
                        });
        return parts;
    }

    private static Part part(String name, RowsDraw.File file) {
        return part(name, "; filename=\"" + file.name() + "\"", file.content());
    }

    private static Part part(String name, String rest, byte[] content) {
        return new Part(
                "Content-Disposition: form-data; name=\"" + name + "\"" + rest + "\r\n", content);
    }

    private String oddHeaders(String headers) {
        return switch (draw.below(11)) {
            case 0 -> "";
            case 1 -> headers.replaceAll(" name=\"[^\"]*\"", " name=\"" + oddName() + "\"");
            case 2 -> headers.replaceAll(" name=\"[^\"]*\";?", "");
            case 3 -> headers.replaceAll("filename=\"[^\"]*\"", "filename=\"" + oddName() + "\"");
            case 4 -> headers.replaceAll("filename=\"[^\"]*\"", "filename*=UTF-8''%zz");
            case 5 -> headers + "Content-Type: " + oddName() + "\r\n";
            case 6 -> headers + "Content-Transfer-Encoding: base64\r\n";
            case 7 -> headers + "Content-Transfer-Encoding: " + draw.word() + "\r\n";
            case 8 -> headers + "Content-Type: text/plain; charset=x-none\r\n";
            case 9 -> headers.replace("Content-Disposition", draw.word());
            default -> headers.replace("\r\n", "\n");
        };
    }

    private String oddName() {
        return draw.oddText().replace("\r", "").replace("\n", "");
    }

    private static Form written(List<Part> parts, String boundary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            out.writeBytes(Draw.utf8("--" + boundary + "\r\n" + part.headers() + "\r\n"));
            out.writeBytes(part.content());
            out.writeBytes(Draw.utf8("\r\n"));
        }
        out.writeBytes(Draw.utf8("--" + boundary + "--\r\n"));
        return new Form(TYPE + "; boundary=" + boundary, out.toByteArray());
    }
}
