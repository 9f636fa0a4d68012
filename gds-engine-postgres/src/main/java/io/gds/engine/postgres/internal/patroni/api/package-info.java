/** The REST interface of Patroni, versions 3.0 to 4.1: what members say, and verbs whose every answer has a meaning. */
@NullMarked
package io.gds.engine.postgres.internal.patroni.api;

import org.jspecify.annotations.NullMarked;
