package io.gds.engine.postgres.internal.dump;

/** Pieces of catalog queries that several readers share. */
final class Catalog {
    /** Below it are the objects that initdb made. */
    static final String FIRST_NORMAL_OID = "16384";

    /** Condition: schema {@code n} is a user's. */
    static final String USER_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    private Catalog() {}

    /** Condition: the object was not made by an extension, which makes it again. */
    static String notOfExtension(String catalog, String oid) {
        return "NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '" + catalog + "'::regclass AND e.objid = " + oid
                + " AND e.deptype = 'e')";
    }

    /** The relation options of an array as WITH takes them; NULL when there are none. */
    static String options(String array, String namespace) {
        return "(SELECT string_agg('" + namespace + "' || quote_ident(split_part(o, '=', 1)) || '='"
                + " || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') FROM unnest(" + array + ") o)";
    }
}
