/** Declines seen before a provider blocks: what is watched for each pool and provider, the warnings raised, and the volume they take away for a while. */
@NullMarked
package dev.dromedary.warning;

import org.jspecify.annotations.NullMarked;
