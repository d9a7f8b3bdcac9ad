package dev.tutti.proto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the compiled descriptors, comments included, and holds them to the house's conventions. */
class ConventionsTest {
  private static List<FileDescriptorProto> ours;
  private static FileDescriptorSet all;

  @BeforeAll
  static void readDescriptors() throws IOException {
    try (InputStream in = ConventionsTest.class.getResourceAsStream("/tutti.protoset")) {
      all = FileDescriptorSet.parseFrom(in);
    }
    ours = all.getFileList().stream().filter(file -> file.getName().startsWith("tutti/")).toList();
  }

  @Test
  void allFilesAreThere() {
    Set<String> names = new HashSet<>();
    all.getFileList().forEach(file -> names.add(file.getName()));
    for (String service :
        List.of(
            "tutti/v1/classification_service.proto",
            "tutti/v1/evaluation_service.proto",
            "tutti/v1/model_service.proto",
            "tutti/v1/spectrogram_service.proto",
            "tutti/v1/worker_admin_service.proto",
            "tutti/worker/v1/inference_service.proto",
            "inference/grpc_inference_service.proto")) {
      assertTrue(names.contains(service), service + " is not among " + names);
    }
  }

  @Test
  void packagesEndInAVersionAndMatchTheirFolder() {
    assertNone(
        broken -> {
          for (FileDescriptorProto file : ours) {
            if (!file.getPackage().matches("tutti(\\.[a-z]+)*\\.v\\d+")) {
              broken.add(file.getPackage() + " does not end in a version");
            }
            if (!file.getName().startsWith(file.getPackage().replace('.', '/') + "/")) {
              broken.add(file.getName() + " does not lie in the folder of " + file.getPackage());
            }
          }
        });
  }

  @Test
  void servicesEndInServiceAndHaveAFileOfTheirOwn() {
    assertNone(
        broken -> {
          for (FileDescriptorProto file : ours) {
            for (ServiceDescriptorProto service : file.getServiceList()) {
              String expected = snake(service.getName()) + ".proto";
              if (!service.getName().endsWith("Service") || !file.getName().endsWith(expected)) {
                broken.add(service.getName() + " in " + file.getName());
              }
            }
          }
        });
  }

  @Test
  void everyCallHasARequestAndAResponseOfItsOwn() {
    assertNone(
        broken -> {
          Map<String, String> usedBy = new HashMap<>();
          for (FileDescriptorProto file : ours) {
            for (ServiceDescriptorProto service : file.getServiceList()) {
              for (MethodDescriptorProto method : service.getMethodList()) {
                check(method, method.getInputType(), "Request", usedBy, broken);
                check(method, method.getOutputType(), "Response", usedBy, broken);
              }
            }
          }
        });
  }

  private static void check(
      MethodDescriptorProto method,
      String type,
      String suffix,
      Map<String, String> usedBy,
      List<String> broken) {
    if (!type.endsWith("." + method.getName() + suffix)) {
      broken.add(method.getName() + " uses " + type + " and not " + method.getName() + suffix);
    }
    String other = usedBy.put(type, method.getName());
    if (other != null) {
      broken.add(type + " is used by " + other + " and " + method.getName());
    }
  }

  @Test
  void enumValuesCarryTheirEnumsNameAndZeroMeansUnspecified() {
    assertNone(
        broken -> {
          for (FileDescriptorProto file : ours) {
            for (EnumDescriptorProto type : file.getEnumTypeList()) {
              String prefix = snake(type.getName()).toUpperCase(Locale.ROOT) + "_";
              type.getValueList().stream()
                  .filter(value -> !value.getName().startsWith(prefix))
                  .forEach(value -> broken.add(value.getName() + " lacks " + prefix));
              if (type.getValue(0).getNumber() != 0
                  || !type.getValue(0).getName().equals(prefix + "UNSPECIFIED")) {
                broken.add(type.getName() + " has no " + prefix + "UNSPECIFIED = 0");
              }
            }
          }
        });
  }

  @Test
  void namesAreWrittenAsTheStyleGuideSays() {
    assertNone(
        broken -> {
          for (FileDescriptorProto file : ours) {
            for (DescriptorProto message : file.getMessageTypeList()) {
              if (!message.getName().matches("([A-Z][a-z0-9]+)+")) {
                broken.add(message.getName());
              }
              for (FieldDescriptorProto field : message.getFieldList()) {
                if (!field.getName().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
                  broken.add(message.getName() + "." + field.getName());
                }
              }
            }
          }
        });
  }

  @Test
  void tensorsAreBytesAndNeverRepeatedFloats() {
    assertNone(
        broken -> {
          for (FileDescriptorProto file : ours) {
            for (DescriptorProto message : file.getMessageTypeList()) {
              for (FieldDescriptorProto field : message.getFieldList()) {
                boolean repeated = field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED;
                boolean real =
                    field.getType() == FieldDescriptorProto.Type.TYPE_FLOAT
                        || field.getType() == FieldDescriptorProto.Type.TYPE_DOUBLE;
                if (repeated && real) {
                  broken.add(message.getName() + "." + field.getName());
                }
              }
            }
          }
        });
  }

  @Test
  void everythingHasAComment() {
    assertNone(
        broken -> {
          for (FileDescriptorProto file : ours) {
            Set<List<Integer>> commented = new HashSet<>();
            for (Location location : file.getSourceCodeInfo().getLocationList()) {
              if (!location.getLeadingComments().isBlank()) {
                commented.add(location.getPathList());
              }
            }
            Predicate<List<Integer>> silent = path -> !commented.contains(path);
            for (int s = 0; s < file.getServiceCount(); s++) {
              ServiceDescriptorProto service = file.getService(s);
              report(silent, List.of(6, s), service.getName(), broken);
              for (int m = 0; m < service.getMethodCount(); m++) {
                String name = service.getName() + "." + service.getMethod(m).getName();
                report(silent, List.of(6, s, 2, m), name, broken);
              }
            }
            for (int t = 0; t < file.getMessageTypeCount(); t++) {
              DescriptorProto message = file.getMessageType(t);
              report(silent, List.of(4, t), message.getName(), broken);
              for (int f = 0; f < message.getFieldCount(); f++) {
                String name = message.getName() + "." + message.getField(f).getName();
                report(silent, List.of(4, t, 2, f), name, broken);
              }
            }
            for (int e = 0; e < file.getEnumTypeCount(); e++) {
              EnumDescriptorProto type = file.getEnumType(e);
              report(silent, List.of(5, e), type.getName(), broken);
              for (int v = 0; v < type.getValueCount(); v++) {
                report(silent, List.of(5, e, 2, v), type.getValue(v).getName(), broken);
              }
            }
          }
        });
  }

  private static void report(
      Predicate<List<Integer>> silent, List<Integer> path, String name, List<String> broken) {
    if (silent.test(path)) {
      broken.add(name);
    }
  }

  private interface Search {
    void into(List<String> broken);
  }

  private static void assertNone(Search search) {
    List<String> broken = new ArrayList<>();
    search.into(broken);
    assertEquals(List.of(), broken);
  }

  private static String snake(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
