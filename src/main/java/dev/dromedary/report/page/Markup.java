package dev.dromedary.report.page;

/** Text in HTML, SVG and XHTML. */
final class Markup {
    private Markup() {
    }

    /** As text or in a quoted attribute. Characters that XML has no place for (XML 1.0, section 2.2) become a replacement character. */
    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(c == '\n' || c == '\t' || c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff ? c : 0xfffd);
            }
        });
        return out.toString();
    }
}
