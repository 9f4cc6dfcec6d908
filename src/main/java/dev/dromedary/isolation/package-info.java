/** What keeps bad mail from harming the good: campaigns that pause by themselves, and outcomes by what the content is like. */
@NullMarked
package dev.dromedary.isolation;

import org.jspecify.annotations.NullMarked;
