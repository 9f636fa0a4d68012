package io.gds.database;

import java.util.Map;

/**
 * What is known of something that exists. Open for a product's own attributes in two ways: {@link #attributes()} for
 * programs that know only names, and sub-interfaces (an {@code OracleMetadata}) for those that know the product.
 */
public interface Metadata {
    /** Its name. */
    String name();

    /** The product's own attributes; keys are stable within an engine. */
    Map<String, String> attributes();
}
