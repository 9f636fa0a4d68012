/** The samples are run as a user would run them. */
@NullMarked
package io.gds.samples.quickstart;

import org.jspecify.annotations.NullMarked;
