/** Reports as pages: charts, HTML and PDF. */
@NullMarked
package dev.dromedary.report.page;

import org.jspecify.annotations.NullMarked;
