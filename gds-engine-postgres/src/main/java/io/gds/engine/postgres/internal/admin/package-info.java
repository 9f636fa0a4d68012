/** The administration facets. */
@NullMarked
package io.gds.engine.postgres.internal.admin;

import org.jspecify.annotations.NullMarked;
