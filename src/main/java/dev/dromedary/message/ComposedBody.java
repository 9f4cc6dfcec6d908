package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a composed message (RFC 2046): text and HTML are alternatives, HTML goes with the files it refers to by content id, all that
 * with the files attached. Only as many layers as there is need for.
 */
final class ComposedBody {
    private static final byte MIXED = 1;
    private static final byte ALTERNATIVE = 2;
    private static final byte RELATED = 3;

    private final @Nullable String text;
    private final @Nullable String html;
    private final List<Attachment> inline = new ArrayList<>();
    private final List<Attachment> attached = new ArrayList<>();
    private final String boundaryEnd;
    private final ByteBuilder out;

    ComposedBody(Content.Composed content, String id, ByteBuilder out) {
        this.text = content.text();
        this.html = content.html();
        this.out = out;
        this.boundaryEnd = "_" + hash(id);
        for (Attachment attachment : content.attachments()) {
            (html != null && attachment.contentId() != null ? inline : attached).add(attachment);
        }
    }

    void write() {
        boolean hasText = text != null || html != null;
        if (attached.isEmpty()) {
            writeText();
            return;
        }
        String boundary = boundary(MIXED);
        startMultipart("mixed", boundary);
        if (hasText) {
            startPart(boundary);
            writeText();
        }
        writeFiles(attached, boundary, "attachment");
        endMultipart(boundary);
    }

    private void writeText() {
        if (text != null && html != null) {
            String boundary = boundary(ALTERNATIVE);
            startMultipart("alternative", boundary);
            startPart(boundary);
            TextPart.write(out, "plain", text);
            startPart(boundary);
            writeHtml(html);
            endMultipart(boundary);
        } else if (html != null) {
            writeHtml(html);
        } else {
            TextPart.write(out, "plain", text == null ? "" : text);
        }
    }

    private void writeHtml(String page) {
        if (inline.isEmpty()) {
            TextPart.write(out, "html", page);
            return;
        }
        String boundary = boundary(RELATED);
        startMultipart("related; type=\"text/html\"", boundary);
        startPart(boundary);
        TextPart.write(out, "html", page);
        writeFiles(inline, boundary, "inline");
        endMultipart(boundary);
    }

    private void writeFiles(List<Attachment> files, String boundary, String disposition) {
        for (Attachment file : files) {
            startPart(boundary);
            FilePart.write(out, file, disposition);
        }
    }

    private void startMultipart(String kind, String boundary) {
        out.add("Content-Type: multipart/").add(kind).line(";").add(" boundary=\"").add(boundary).line("\"").line();
    }

    private void startPart(String boundary) {
        if (!out.endsLine()) {
            out.line();
        }
        out.add("--").line(boundary);
    }

    private void endMultipart(String boundary) {
        if (!out.endsLine()) {
            out.line();
        }
        out.add("--").add(boundary).line("--");
    }

    /** No part can hold one: {@code --=_} is written as it is by none of the encodings chosen. */
    private String boundary(byte layer) {
        return "=_" + layer + boundaryEnd;
    }

    /** FNV-1a of 64 bits: the same id gives the same boundaries. */
    private static String hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b & 0xff) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }
}
