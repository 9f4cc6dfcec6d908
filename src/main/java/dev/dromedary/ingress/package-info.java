/** The ways in: HTTP, SMTP and files, each ending in the one accept step. */
@NullMarked
package dev.dromedary.ingress;

import org.jspecify.annotations.NullMarked;
