package dev.dromedary.report.page;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Liberation Sans, which comes with PDFBox: Latin, Greek and Cyrillic. Thread-safe. */
final class Letters {
    private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final TrueTypeFont FONT = read();

    private Letters() {
    }

    static InputStream file() {
        return java.util.Objects.requireNonNull(PDDocument.class.getResourceAsStream(FILE), FILE);
    }

    private static TrueTypeFont read() {
        try (InputStream in = file()) {
            return new TTFParser().parse(new RandomAccessReadBuffer(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized double width(String text, double size) {
        try {
            CmapLookup letters = FONT.getUnicodeCmapLookup();
            double width = 0;
            for (int c : text.codePoints().toArray()) {
                width += FONT.getAdvanceWidth(letters.getGlyphId(c));
            }
            return width * size / FONT.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the left end of the base line. */
    static synchronized Path2D shape(String text, double size) {
        try {
            CmapLookup letters = FONT.getUnicodeCmapLookup();
            double scale = size / FONT.getUnitsPerEm();
            var out = new Path2D.Double();
            double x = 0;
            for (int c : text.codePoints().toArray()) {
                int glyph = letters.getGlyphId(c);
                GlyphData data = FONT.getGlyph().getGlyph(glyph);
                if (data != null) {
                    out.append(data.getPath().createTransformedShape(new AffineTransform(scale, 0, 0, -scale, x * scale, 0)), false);
                }
                x += FONT.getAdvanceWidth(glyph);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
