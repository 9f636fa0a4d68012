package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** One PEM file: certificates or a private key. What cannot be used is refused with the file's name, never its content. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    /** The head of a PKCS#8 structure up to its length fields: version 0, algorithm rsaEncryption. */
    private static final byte[] RSA_ALGORITHM = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private final Path file;
    private final Map<String, List<byte[]>> blocks = new LinkedHashMap<>();

    PemFile(Path file) {
        this.file = file;
        try {
            Matcher m = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (m.find()) {
                blocks.computeIfAbsent(m.group(1), kind -> new ArrayList<>())
                        .add(Base64.getMimeDecoder().decode(m.group(2)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("it cannot be read: " + e, "check the path, the permissions and the content.", e);
        }
    }

    List<X509Certificate> certificates() {
        List<X509Certificate> all = new ArrayList<>();
        try {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            for (byte[] der : blocks.getOrDefault("CERTIFICATE", List.of())) {
                all.add((X509Certificate) x509.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (GeneralSecurityException e) {
            throw unusable("it holds something that is no certificate", "replace the file.", e);
        }
        if (all.isEmpty()) {
            throw unusable("found " + found() + ", expected CERTIFICATE", "name a PEM file of certificates.", null);
        }
        return all;
    }

    /** The private key that belongs to a certificate. */
    PrivateKey key(X509Certificate certificate, Optional<Secret> passphrase) {
        try {
            KeyFactory keys = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm());
            return keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8(passphrase)));
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(
                    "its key cannot be opened, or is not the one of the certificate",
                    "check the passphrase, and that key and certificate belong together.",
                    e);
        }
    }

    private byte[] pkcs8(Optional<Secret> passphrase) throws GeneralSecurityException, IOException {
        if (blocks.containsKey("PRIVATE KEY")) {
            return only("PRIVATE KEY");
        }
        if (blocks.containsKey("RSA PRIVATE KEY")) {
            return wrapped(only("RSA PRIVATE KEY"));
        }
        if (blocks.containsKey("ENCRYPTED PRIVATE KEY")) {
            Secret secret = passphrase.orElseThrow(() ->
                    unusable("its key is encrypted and there is no passphrase", "give the key's passphrase.", null));
            return decrypted(only("ENCRYPTED PRIVATE KEY"), secret);
        }
        throw unusable(
                "found " + found() + ", expected PRIVATE KEY, ENCRYPTED PRIVATE KEY or RSA PRIVATE KEY",
                "convert the key: openssl pkcs8 -topk8 -in OLD -out NEW.",
                null);
    }

    private byte[] only(String kind) {
        return blocks.getOrDefault(kind, List.of()).get(0);
    }

    private static byte[] decrypted(byte[] der, Secret passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // For PBES2 the parameters, and not the algorithm's own name, tell which cipher it is.
        String scheme = info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.")
                ? info.getAlgParameters().toString()
                : info.getAlgName();
        PBEKeySpec spec = new PBEKeySpec(passphrase.reveal().toCharArray());
        try {
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(spec),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    /** A PKCS#1 key in the PKCS#8 structure that Java reads. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] octets = der(0x04, pkcs1);
        byte[] content = ByteBuffer.allocate(RSA_ALGORITHM.length + octets.length)
                .put(RSA_ALGORITHM)
                .put(octets)
                .array();
        return der(0x30, content);
    }

    private static byte[] der(int tag, byte[] content) {
        // The two-byte length form is the right one for RSA keys: they have between 256 and 65535 bytes.
        return ByteBuffer.allocate(content.length + 4)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private String found() {
        return blocks.isEmpty() ? "nothing in PEM form" : String.join(", ", blocks.keySet());
    }

    private GdsDatabaseException unusable(String why, String remedy, @Nullable Exception cause) {
        return GdsDatabaseException.environment("PATRONI-TLS-FILE")
                .message("the file " + file + " cannot be used for TLS: " + why + ".")
                .remedy(remedy)
                .cause(cause)
                .build();
    }
}
