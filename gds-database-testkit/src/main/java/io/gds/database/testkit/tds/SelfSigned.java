package io.gds.database.testkit.tds;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;

/** Makes certificates that sign themselves. The JDK reads and checks certificates but has no public way to make one. */
final class SelfSigned {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Fixed, since nothing here reads the clock; every day a test may run on lies between them. */
    private static final String FROM = "20200101000000Z";

    private static final String UNTIL = "20991231235959Z";

    private static final int SERIAL_BITS = 64;
    private static final int VERSION_3 = 2;
    private static final int TAG_VERSION = 0xA0;
    private static final int TAG_EXTENSIONS = 0xA3;
    private static final int TAG_DNS_NAME = 0x82;
    private static final int TAG_IP_ADDRESS = 0x87;

    private SelfSigned() {}

    /** For a key pair on a curve; the first name is the subject, all are alternative names. */
    static X509Certificate certificate(KeyPair keys, List<String> names) throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.objectId(1, 2, 840, 10045, 4, 3, 2)); // ecdsa-with-SHA256
        byte[] name = Der.sequence(
                Der.set(Der.sequence(Der.objectId(2, 5, 4, 3), Der.utf8(names.get(0))))); // 2.5.4.3 is the common name
        byte[] toBeSigned = Der.sequence(
                Der.tagged(TAG_VERSION, Der.integer(BigInteger.valueOf(VERSION_3))),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0)),
                algorithm,
                name,
                Der.sequence(Der.time(FROM), Der.time(UNTIL)),
                name,
                keys.getPublic().getEncoded(),
                Der.tagged(TAG_EXTENSIONS, Der.sequence(alternativeNames(names))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(toBeSigned);
        byte[] whole = Der.sequence(toBeSigned, algorithm, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] alternativeNames(List<String> names) {
        byte[][] entries = names.stream().map(SelfSigned::alternativeName).toArray(byte[][]::new);
        return Der.sequence(Der.objectId(2, 5, 29, 17), Der.octets(Der.sequence(entries)));
    }

    private static byte[] alternativeName(String name) {
        if (!IPV4.matcher(name).matches()) {
            return Der.tagged(TAG_DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
        String[] parts = name.split("\\.", -1);
        byte[] address = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Der.tagged(TAG_IP_ADDRESS, address);
    }
}
