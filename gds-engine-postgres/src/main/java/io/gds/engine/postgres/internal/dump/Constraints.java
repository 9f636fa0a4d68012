package io.gds.engine.postgres.internal.dump;

/** How table constraints are made, for both places where they are. */
final class Constraints {
    /** For constraint {@code k} of table {@code c}. */
    static final String STATEMENT =
            "'ALTER TABLE ' || c.oid::regclass || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' '"
                    + " || pg_get_constraintdef(k.oid)";

    /** A view's rule depends on it. */
    static final String NEEDED_EARLY =
            "k.contype IN ('p', 'u') AND EXISTS (SELECT FROM pg_depend v WHERE v.classid = 'pg_rewrite'::regclass"
                    + " AND v.refclassid = 'pg_constraint'::regclass AND v.refobjid = k.oid) AND "
                    + Catalog.notOfExtension("pg_class", "c.oid");

    private Constraints() {}
}
