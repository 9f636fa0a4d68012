/** What is done to servers and their files: control file, settings, start, stop, roles. */
@NullMarked
package io.gds.engine.postgres.internal.control;

import org.jspecify.annotations.NullMarked;
