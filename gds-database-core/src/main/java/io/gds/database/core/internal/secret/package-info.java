/** Resolves secret references: env, file, and what plugins add. */
@NullMarked
package io.gds.database.core.internal.secret;

import org.jspecify.annotations.NullMarked;
