/** The Camel half: routes, and the beans that they call. The only package that imports org.apache.camel. */
@NullMarked
package dev.dromedary.camel;

import org.jspecify.annotations.NullMarked;
