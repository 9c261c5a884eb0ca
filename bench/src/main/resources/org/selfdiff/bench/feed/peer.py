"""The peer of the feed: PyTorch's DataLoader with torchvision, the way its manuals write it. Arguments: folder, threads."""
import glob
import os
import sys
import time

import torch
import torchvision
from PIL import Image
from torchvision import transforms

BATCH = 16
folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(1 if threads > 1 else threads)


class Swap:
    def __call__(self, image):
        return image.transpose(Image.Transpose.TRANSPOSE) if torch.rand(1) < 0.5 else image


class Tiles(torch.utils.data.Dataset):
    def __init__(self):
        self.files = sorted(glob.glob(os.path.join(folder, "*")))
        self.change = transforms.Compose([
            transforms.RandomHorizontalFlip(), transforms.RandomVerticalFlip(), Swap(),
            transforms.ToTensor(), transforms.Normalize([0.5] * 3, [0.5] * 3)])

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return self.change(Image.open(self.files[index]).convert("RGB"))


tiles = Tiles()
# on one core, workers of their own only get in each other's way
loader = torch.utils.data.DataLoader(
    tiles, num_workers=0 if threads == 1 else threads,
    batch_sampler=(torch.randint(len(tiles), (BATCH,)).tolist() for _ in iter(int, 1)))
batches = iter(loader)


def cpu():
    ticks = 0.0
    me = os.getpid()
    for pid in [me] + children():
        with open(f"/proc/{pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children():
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children") as f:
        return [int(p) for p in f.read().split()]


def peak(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmHWM"))


if __name__ == "__main__":
    next(batches)
    print(f"@ ready PyTorch {torch.__version__}, torchvision {torchvision.__version__}", flush=True)
    for line in sys.stdin:
        began, used = time.perf_counter(), cpu()
        for _ in range(int(line)):
            x = next(batches)
            assert tuple(x.shape) == (BATCH, 3, 256, 256) and x.dtype == torch.float32
        print(f"@ {time.perf_counter() - began:.6f} {cpu() - used:.6f}", flush=True)
    print(f"@ peak {sum(peak(p) for p in [os.getpid()] + children())}", flush=True)
    os._exit(0)
