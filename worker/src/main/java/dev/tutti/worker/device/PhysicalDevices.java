package dev.tutti.worker.device;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;

/** What TensorFlow itself finds to compute on. Its Java API has no such list; its C API has. */
final class PhysicalDevices {
  private PhysicalDevices() {}

  /** The type of every device that a session of this configuration has, such as CPU and GPU. */
  static List<String> types(DeviceConfig device) {
    // The scope gives back what its pointers own, in reverse.
    PointerScope scope = new PointerScope();
    try {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      byte[] config = device.sessionConfig().toByteArray();
      TF_SetConfig(options, new BytePointer(config), config.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      return types(session, status);
    } finally {
      scope.close();
    }
  }

  private static List<String> types(TF_Session session, TF_Status status) {
    TF_DeviceList devices = TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    try {
      List<String> types = new ArrayList<>();
      for (int i = 0; i < TF_DeviceListCount(devices); i++) {
        types.add(TF_DeviceListType(devices, i, status).getString());
      }
      return types;
    } finally {
      TF_DeleteDeviceList(devices);
    }
  }
}
