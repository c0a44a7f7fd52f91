# Matrix products by oneDNN, where PyTorch was built with it. ATen hands them to MKL, which is two to
# four times slower on processors that are not Intel's. TorchScript, as aten.py.
class OneDnn(Module):
  __parameters__ = []
  __buffers__ = []

  # Images in bfloat16 (dtype 15) end here.
  def full_precision(self, a: Tensor) -> Tensor:
    if ops.prim.dtype(a) == 15:
      return torch.to(a, 6)
    return a

  # [M, K] x [K, N]. oneDNN computes x w^T and is fast where w^T is dense; elsewhere it rearranges w,
  # so w is then the smaller operand.
  def product(self, a: Tensor, b: Tensor) -> Tensor:
    if not torch.is_contiguous(b) and not torch.is_contiguous(torch.t(b)):
      b = torch.contiguous(b)
    if torch.is_contiguous(b) or torch.numel(a) >= torch.numel(b):
      return ops.mkldnn._linear_pointwise(a, torch.t(b), None, "none", [], "")
    transposed = ops.mkldnn._linear_pointwise(torch.t(b), a, None, "none", [], "")
    return torch.contiguous(torch.t(transposed))

  # Below some size, and for float64 (dtype 7), batches and what is empty, ATen's own is as good.
  def matmul(self, left: Tensor, right: Tensor) -> Tensor:
    a = self.full_precision(left)
    b = self.full_precision(right)
    if torch.dim(a) != 2 or torch.dim(b) != 2 or ops.prim.dtype(a) != 6:
      return torch.matmul(a, b)
    if torch.numel(a) * torch.size(b, 1) < 32768:
      return torch.matmul(a, b)
    return self.product(a, b)

  def linear(self, x: Tensor, w: Tensor, b: Tensor, relu: bool) -> Tensor:
    y = torch.add_(self.matmul(x, torch.t(w)), b)
    if relu:
      return torch.relu_(y)
    return y
