package dev.dromedary.message;

import org.jspecify.annotations.Nullable;

/**
 * A file that goes along with a composed message.
 *
 * @param contentType a media type such as {@code application/pdf}
 * @param contentId   the identifier for {@code cid:} references, without angle brackets; then the part is inline
 */
public record Attachment(String filename, String contentType, byte[] content, @Nullable String contentId) {
}
