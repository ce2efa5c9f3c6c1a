package weft.standalone;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.invoke.LambdaMetafactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes Kafka's broker create its lambdas so that the JDK's cache keeps them.
///
/// Scala compiles every lambda as one that can be serialised, by [LambdaMetafactory#altMetafactory]. JDK 25 keeps none
/// of those: a start makes 900 of them anew. So a copy of the broker's classes asks for plain ones. What is lost the
/// broker does not use: nobody serialises its lambdas, casts them to `Serializable` or calls them by reflection, for
/// which Scala adds a method with the types of the place. `aot.sh` calls it, and only who has the cache runs with the
/// copy.
public final class PlainLambdas {
    private static final DirectMethodHandleDesc PLAIN = ConstantDescs.ofCallsiteBootstrap(
            ClassDesc.of(LambdaMetafactory.class.getName()),
            "metafactory",
            ConstantDescs.CD_CallSite,
            ConstantDescs.CD_MethodType,
            ConstantDescs.CD_MethodHandle,
            ConstantDescs.CD_MethodType);

    /// Finds the classes that a method's types are of, without running any.
    private static final ClassFile CLASSES = ClassFile.of(ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));

    private PlainLambdas() {}

    /// Writes the classes of a jar that change into another one.
    ///
    /// @param args the two jars; what the first one refers to is on the class path
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("two jars are needed, not " + args.length);
        }
        write(Path.of(args[0]), Path.of(args[1]));
    }

    private static void write(Path from, Path to) throws IOException {
        try (ZipFile jar = new ZipFile(from.toFile());
                ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                Optional<byte[]> changed = changed(jar.getInputStream(entry).readAllBytes());
                if (changed.isPresent()) {
                    copy.putNextEntry(new ZipEntry(entry.getName()));
                    copy.write(changed.get());
                    copy.closeEntry();
                }
            }
        }
    }

    /// A class with plain lambdas; empty where it has no others.
    private static Optional<byte[]> changed(byte[] content) {
        boolean[] changed = {false};
        byte[] result = CLASSES.transformClass(
                CLASSES.parse(content), ClassTransform.transformingMethodBodies((code, element) -> {
                    Optional<DynamicCallSiteDesc> plain = plain(element);
                    if (plain.isPresent()) {
                        changed[0] = true;
                        code.invokedynamic(plain.get());
                    } else {
                        code.with(element);
                    }
                }));
        return changed[0] ? Optional.of(result) : Optional.empty();
    }

    /// The plain form of a lambda's creation, where it has no marker and no bridge but that of its own types.
    private static Optional<DynamicCallSiteDesc> plain(CodeElement element) {
        if (!(element instanceof InvokeDynamicInstruction call)
                || !call.bootstrapMethod().owner().equals(PLAIN.owner())
                || !call.bootstrapMethod().methodName().equals("altMetafactory")) {
            return Optional.empty();
        }
        // The method's type, the code, the type that the lambda has there, flags, bridges: how many and which.
        List<ConstantDesc> details = call.bootstrapArgs();
        int flags = (int) details.get(3);
        boolean bridges = (flags & LambdaMetafactory.FLAG_BRIDGES) != 0;
        if ((flags & LambdaMetafactory.FLAG_MARKERS) != 0
                || (bridges
                        && !details.subList(5, details.size()).stream()
                                .allMatch(bridge -> bridge.equals(details.get(0)) || bridge.equals(details.get(2))))) {
            return Optional.empty();
        }
        return Optional.of(DynamicCallSiteDesc.of(
                PLAIN, call.name().stringValue(), call.typeSymbol(), details.get(0), details.get(1), details.get(2)));
    }
}
