package dev.tutti.worker.savedmodel;

import java.util.Set;
import java.util.TreeSet;

/** The operations that a SavedModel may consist of: arithmetic on its input and its variables. */
final class AllowedOperations {
  private static final Set<String> ANSWERING =
      Set.of(
          // values, variables and calls
          "Const",
          "Identity",
          "IdentityN",
          "NoOp",
          "PartitionedCall",
          "Placeholder",
          "PlaceholderWithDefault",
          "ReadVariableOp",
          "StatefulPartitionedCall",
          "StopGradient",
          "VarHandleOp",
          "Variable",
          "VariableV2",
          // layers
          "AvgPool",
          "BatchToSpaceND",
          "BiasAdd",
          "Conv2D",
          "DepthwiseConv2dNative",
          "Elu",
          "FusedBatchNorm",
          "FusedBatchNormV2",
          "FusedBatchNormV3",
          "LeakyRelu",
          "MatMul",
          "BatchMatMulV2",
          "MaxPool",
          "MaxPoolV2",
          "Relu",
          "Relu6",
          "Selu",
          "Sigmoid",
          "Softmax",
          "Softplus",
          "SpaceToBatchND",
          "Tanh",
          // element by element
          "Abs",
          "Add",
          "AddN",
          "AddV2",
          "Cast",
          "Erf",
          "Erfc",
          "Exp",
          "Log",
          "Log1p",
          "Maximum",
          "Minimum",
          "Mul",
          "Neg",
          "Pow",
          "RealDiv",
          "Rsqrt",
          "Sqrt",
          "Square",
          "SquaredDifference",
          "Sub",
          // reductions and shapes
          "ConcatV2",
          "ExpandDims",
          "GatherV2",
          "Max",
          "Mean",
          "Min",
          "Pack",
          "Pad",
          "PadV2",
          "Prod",
          "Rank",
          "Reshape",
          "Shape",
          "Slice",
          "Split",
          "SplitV",
          "Squeeze",
          "StridedSlice",
          "Sum",
          "Transpose",
          "Unpack");

  /** Only what fills variables may read files and change variables. */
  private static final Set<String> RESTORING =
      Set.of(
          "Assign",
          "AssignVariableOp",
          "Const",
          "Identity",
          "NoOp",
          "PartitionedCall",
          "Placeholder",
          "PlaceholderWithDefault",
          "RestoreV2",
          "StatefulPartitionedCall",
          "VarHandleOp",
          "Variable",
          "VariableV2",
          "ZerosLike");

  private AllowedOperations() {}

  static boolean answers(String operation) {
    return ANSWERING.contains(operation);
  }

  static boolean restores(String operation) {
    return RESTORING.contains(operation);
  }

  /** For messages. */
  static String list() {
    return String.join(", ", new TreeSet<>(ANSWERING));
  }
}
